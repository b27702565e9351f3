"""Says every error of the laptop program in words: one table from code to title, advice and when to try again."""

from __future__ import annotations

from sf_desktop.wording.files import ATTACHMENTS, BUNDLES, PAPERS
from sf_desktop.wording.shape import Words
from sf_desktop.wording.shape import input_words as _input
from sf_desktop.wording.shape import reach_words as _reach
from sf_desktop.wording.shape import standing_words as _standing
from sf_desktop.wording.shape import vault_words as _vault
from sf_record.errors import FieldProblem, InputError, Retry, SfError
from sf_record.outcomes import REASONS

_KEPT = "Your records are still on this laptop, locked, and nothing was changed."

VAULT = {
    # The keyring: where the laptop keeps its half of the key.
    "keyring_missing": _vault(
        "This laptop has no keyring",
        "Records can only be kept where the computer can keep a secret safe. Ask IT to turn on the computer’s keyring"
        " (Windows Credential Manager, macOS Keychain, or a Secret Service such as GNOME Keyring). Nothing was stored.",
        Retry.LATER,
    ),
    "keyring_locked": _vault(
        "The computer’s keyring is locked",
        "Unlock the keyring with the password you use to sign in to this computer, then try again. " + _KEPT,
    ),
    "keyring_dismissed": _vault(
        "The keyring’s question was closed",
        "The computer asked to unlock its keyring and the question was closed. Try again, and answer it. " + _KEPT,
    ),
    "keyring_lies": _vault(
        "The computer’s keyring does not keep what it is given",
        "It accepted a test secret and did not give the same one back, so it cannot be trusted with a key. Ask IT to"
        " check the keyring. Nothing was stored.",
        Retry.LATER,
    ),
    "keyring_failed": _vault(
        "The computer’s keyring did not answer properly",
        "Close other programs and try again. If it happens again, restart the computer, then ask IT. " + _KEPT,
    ),
    "keyring_silent": _vault(
        "The computer’s keyring does not answer",
        "It was asked and said nothing; it may have stopped. Sign out of the computer and in again, which starts it"
        " anew. " + _KEPT,
    ),
    "secret_missing": _vault(
        "This laptop’s key is missing",
        "The records are here, but the half of the key that the computer keeps is not. It may belong to another"
        " computer account. Ask your manager for a recovery: nothing has been deleted, and work that was not yet sent"
        " can be handed in as it is.",
        Retry.NEVER,
    ),
    # The passphrase and its slots.
    "wrong_passphrase": _vault(
        "That is not the passphrase",
        "Check capitals and spaces, and try again. Tries left: {left}. After the last one this laptop can only be"
        " opened by a recovery. Work that was not yet sent survives that.",
    ),
    "too_soon": _vault(
        "Wait a moment before the next try",
        "After several wrong passphrases there is a pause: {seconds} seconds. Tries left: {left}.",
        Retry.LATER,
    ),
    "locked_out": _vault(
        "Too many wrong passphrases",
        "This laptop’s keys were destroyed to protect the families. A recovery opens it again, with everything in it:"
        " ask your manager. Work that was not yet sent is also safe in a sealed file that can be handed in without"
        " opening it.",
        Retry.NEVER,
    ),
    "slots_damaged": _vault(
        "The key file on this laptop is damaged",
        "Both copies were tried. Ask your manager for a recovery; the records themselves were not touched.",
        Retry.NEVER,
    ),
    "slots_missing": _vault(
        "The key file on this laptop is missing",
        "Ask your manager for a recovery; the records themselves were not touched.",
        Retry.NEVER,
    ),
    "slots_rolled_back": _vault(
        "An old key file was put back",
        "The key file is older than the one this laptop last used, so it is not opened. Ask IT whether files were"
        " restored from a backup, and your manager for a recovery.",
        Retry.NEVER,
    ),
    "slots_weak": _vault(
        "The key file is weaker than this program allows",
        "It may have been tampered with, so it is not opened. Tell IT, and ask your manager for a recovery.",
        Retry.NEVER,
    ),
    # The lease: for how long this laptop may be used without its council.
    "lease_locked": _vault(
        "This laptop has to speak to the council first",
        "By the latest date that this computer has shown it has not done so for {days} days. Your passphrase is right,"
        " and everything you wrote is still here. Go where there is a signal and unlock again: it opens as soon as the"
        " council has answered.",
        Retry.LATER,
    ),
    "lease_doubted": _vault(
        "This laptop has to speak to the council before it is switched off",
        "By this computer’s clock the council has not been heard of for {days} days, which is longer than it allows. If"
        " the date is wrong, set it. Otherwise connect and unlock now: at its next start the computer clears what is"
        " here. Work that was not yet sent stays in the sealed file.",
        Retry.LATER,
    ),
    "lease_sign_in": _vault(
        "Sign in to the council once more",
        "This laptop has to speak to the council before it opens, and your sign-in there has run out. Write your"
        " council password too. Everything you wrote is still here.",
    ),
    "lease_ended": _vault(
        "What was on this laptop has been cleared",
        "It had not spoken to the council for as long as the council allows. Work that was not yet sent is safe in the"
        " sealed file.",
        Retry.NEVER,
    ),
    "wiped": _vault(
        "The council has cleared this laptop",
        "What was here was destroyed on the council’s order. Work that was not yet sent is safe in the sealed file.",
        Retry.NEVER,
    ),
    # Recovery of a forgotten passphrase or a missing key.
    "code_misread": _vault(
        "Line {line} does not read right",
        "A character in that line is wrong or missing. Check it against what was given to you. Nothing was changed.",
    ),
    "code_short": _vault(
        "The answer does not fit together",
        "It ends too early, has too much in it, or a line is wrong that looks right. Compare all of it."
        " Nothing was changed.",
    ),
    "recovery_refused": _vault(
        "This answer does not open this laptop",
        "It belongs to another laptop, or to an older request code than the one shown here. Ask for an answer to this"
        " request code. Nothing was changed.",
    ),
    "recovered": _vault(
        "Your new passphrase holds",
        "The answer was right, and is not needed again. Something still keeps this laptop from opening: unlock it with"
        " the new passphrase, and what is in the way is said here.",
    ),
    # The database.
    "vault_exists": _vault(
        "There is already a vault here",
        "Nothing was changed. Unlock the one that is here.",
        Retry.NEVER,
    ),
    "vault_missing": _vault(
        "The records file is missing",
        "The keys are here but the records file is not. It was not made anew. Ask IT whether it was moved; otherwise"
        " set this vault aside and download your families again from the council.",
        Retry.NEVER,
    ),
    "vault_in_use": _vault(
        "This vault is open in another window",
        "Go to the window that is already open, or close it and try again.",
    ),
    "vault_busy": _vault("The records file is busy", "Another program is holding it. Try again in a moment."),
    "vault_closed": _vault("The vault is closed", "Unlock it and try again. What was saved is still there."),
    "vault_damaged": _vault(
        "The records file on this laptop is damaged",
        "It has not been changed or replaced. It can be set aside, your families downloaded again from the council, and"
        " work that was not yet sent handed in from the sealed file.",
        Retry.NEVER,
    ),
    "vault_too_new": _vault(
        "These records were made by a newer version of this program",
        "Install the newest version and open them with that. Nothing was changed.",
        Retry.NEVER,
    ),
    "vault_rolled_back": _vault(
        "An older copy of the records file was put back",
        "You can read it, but nothing is written or sent until the council has been asked what it already holds."
        " Connect to the council to go on.",
        Retry.AFTER_SIGN_IN,
    ),
    "vault_not_private": _vault(
        "The folder for the records cannot be made private",
        "Other people on this computer could read it. Choose a folder of your own, or ask IT.",
        Retry.LATER,
    ),
    "disk_full": _vault(
        "The disk is full",
        "This was not saved. What you typed is still here. Free some space, then save again.",
    ),
    "disk_failed": _vault(
        "The disk could not be read or written",
        "This was not saved. What you typed is still here. Try again; if it happens again, tell IT before you switch"
        " off.",
    ),
    "not_permitted": _vault(
        "The computer does not let this program write here",
        "This was not saved. What you typed is still here. Ask IT to check the folder’s permissions.",
    ),
    "no_memory": _vault(
        "The computer is out of memory",
        "This was not saved. What you typed is still here. Close other programs and try again.",
    ),
    "saved_not_sealed": _vault(
        "Saved, but the safety copy could not be written",
        "This is saved on this laptop. The second, sealed copy of unsent work could not be written, probably because"
        " the disk is full. Free some space; it is tried again with the next save.",
        Retry.LATER,
    ),
    "vault_constraint": _vault(
        "This does not fit what is already stored", "Nothing was changed. Please report this.", Retry.NEVER
    ),
    "vault_query": _vault(
        "That could not be looked up", "Nothing was changed. If you were searching, try simpler words.", Retry.NEVER
    ),
    "vault_refused": _vault("The vault does not allow that", "Nothing was changed. Please report this.", Retry.NEVER),
    "library_wrong": _vault(
        "This program was put together wrongly",
        "A part that protects the records is not the version it should be, so nothing was opened. Install"
        " the program again.",
        Retry.NEVER,
    ),
    "setting_refused": _vault(
        "The records file did not accept a protection setting",
        "It was closed again before anything was read. Please report this.",
        Retry.NEVER,
    ),
    "sealed_damaged": _vault(
        "The sealed copy of unsent work is damaged",
        "The parts that could be read were kept. Send your work to the council as soon as you can.",
        Retry.NEVER,
    ),
}

PASSPHRASE = {
    "passphrase_weak": _input(
        "Choose another passphrase", "Four or more unrelated words work well, and are easy to type."
    ),
}

_SAFE = "Everything you write is saved on this laptop and sent later."

COUNCIL = {
    # The way to the council: none of these stops work.
    "offline": _reach("No signal", _SAFE + " It is tried again by itself."),
    "council_away": _reach("The council cannot answer at the moment", _SAFE + " It is tried again by itself."),
    "certificate_refused": _reach(
        "The council’s certificate is not trusted by this computer",
        _SAFE + " Nothing is sent while this lasts. Wireless networks in cafés do this; if it happens on your own"
        " network, tell IT.",
    ),
    "not_a_council": _reach(
        "Something else answered instead of the council",
        _SAFE + " A wireless network may want you to sign in to it first. Otherwise check the council’s address.",
    ),
    "answer_unreadable": _reach(
        "The council’s answer could not be read",
        "Nothing of it was stored. " + _SAFE + " If it lasts, tell support.",
    ),
    "answer_unproved": _reach(
        "The council’s answer does not carry its signature",
        "Nothing of it was stored. "
        + _SAFE
        + " Something on the way changes what the council says: if it lasts, tell IT.",
    ),
    "content_refused": _reach(
        "The council could not read what was sent", "It is kept on this laptop. Tell support.", Retry.NEVER
    ),
    "council_refused": _reach("The council did not accept that", "It is kept on this laptop. Tell support."),
    "address_refused": _reach(
        "That is not a council’s address",
        "It begins with https:// and has no password or page in it. Ask IT for the address.",
        Retry.NEVER,
    ),
    "stopped": _reach("Stopped", "What had arrived is kept. It goes on from there next time.", Retry.NOW),
    "bug": _reach("Something went wrong in this program", _SAFE + " Please report it.", Retry.LATER),
    # Who we are to the council.
    "sign_in_expired": _standing("Sign in to the council again", _SAFE + " Your passphrase is not affected."),
    "sign_in_refused": _standing(
        "The council did not accept that password",
        "Check capitals and try again. If your password was changed at the council, use the new one. Your passphrase"
        " is not affected.",
    ),
    "worker_disabled": _standing(
        "Your account at the council is closed",
        "What you wrote is still on this laptop. Ring your manager.",
        Retry.NEVER,
    ),
    "too_many_attempts": _standing(
        "Too many tries", "The council waits a while before it accepts another. Try later.", Retry.LATER
    ),
    "device_revoked": _standing(
        "The council no longer accepts this laptop",
        "What you wrote is still on it. Ring your manager before you do anything else.",
        Retry.NEVER,
    ),
    "signature_refused": _standing(
        "The council could not check that this is your laptop", _SAFE + " If it lasts, tell IT.", Retry.LATER
    ),
    "clock_astray": _standing("This computer’s clock is wrong", _SAFE + " Set the date and the time.", Retry.LATER),
    "program_too_old": _standing(
        "This program is too old for the council", _SAFE + " Install the newest version.", Retry.NEVER
    ),
    "program_too_new": _standing(
        "This program is newer than the council’s", _SAFE + " The council has to update its own.", Retry.LATER
    ),
    "decided_already": _reach(
        "Somebody else has decided this already", "Look at the list again: it is no longer there.", Retry.NEVER
    ),
    "more_came": _reach(
        "Its author has written more since you looked",
        "Nothing was decided. Read all of it here, then decide.",
        Retry.NEVER,
    ),
    "not_there": _reach(
        "The council has nothing like that for you", "It may have been decided, or moved. Look again.", Retry.NEVER
    ),
}

RECORDS = {
    # What a form or a verb cannot do; whatever was typed is kept.
    "mend_form": _input("There is something to mend", "What you wrote is kept. Mend the fields named here."),
    "draft_gone": _input(
        "This draft has been signed or thrown away", "Open the family’s timeline to see what was signed."
    ),
    "notice_none": _input(
        "The council has not published its privacy notice yet",
        "Once it is, it comes when this laptop next reaches the council. Tell your manager; until then write a note of"
        " what you explained.",
    ),
    "record_gone": _input(
        "This record is no longer on this laptop", "Its family file may have moved to somebody else."
    ),
    "family_gone": _input(
        "This family file is not on this laptop", "It may have moved to somebody else. Drafts of yours are kept."
    ),
    "phrase_gone": _input("This phrase is no longer there", "It was given up, perhaps in another window."),
    "may_not_open_files": _input(
        "Only a supervisor opens family files", "Give the file to your supervisor, who brings it in for your team."
    ),
    "may_not_open_groups": _input(
        "Only a supervisor opens and changes groups", "Ask your supervisor: it is done under Registers."
    ),
    "group_closed": _input("This group is closed", "Nobody new is put on its register. Who came is still read here."),
    "group_closed_meanwhile": _input(
        "Somebody closed this group while you were changing it",
        "Nothing was saved. Go back to Registers and open the group there to see it as it is; it can be opened again.",
    ),
    "allocations_not_here": _input(
        "This family file is not complete on this laptop yet",
        "Nothing was changed: somebody may work with the family who is not named here. Try again once this laptop has"
        " reached the council.",
    ),
    "may_not_allocate": _input(
        "Only a supervisor decides who works with a family", "Ask your supervisor. Nothing was changed."
    ),
    "not_of_the_team": _input("Choose somebody of your team", "A new family file is allocated within the team."),
    "family_here_already": _input(
        "This family file is on this laptop already", "Nothing was brought in. Open it under Families."
    ),
    "arriving_goes_on": _input(
        "Other family files are still coming in", "Nothing of this file was brought in. Wait a minute, then try again."
    ),
    "under_way_already": _input(
        "You have not said yet that you came out of your last visit",
        "Say so on Today first; then say that you go in here.",
    ),
    "settled_already": _input("This has been settled already", "Open the record to see what stands."),
    "not_licensed": _input(
        "Your council has not said that it holds a licence of this tool",
        "Its readings may only be kept with one. Ask who looks after the program at your council. Nothing was begun.",
    ),
    "stands_already": _input("That is what stands there now", "There is nothing to bring back."),
    "other_stands": _input(
        "Something else stands there by now",
        "It came since you looked, and is shown here. Save once more if the earlier version is to stand all the same;"
        " what you wrote is kept.",
    ),
    "undo_too_late": _input(
        "This can no longer be undone",
        "It has gone to the council, or something was written after it. You can still change the record itself.",
    ),
    "not_a_refusal": _input("Nothing has to be done about this", "It is with the council, or on its way."),
    "not_enrolled": _standing("This laptop is not signed in to a council yet", "Set it up first."),
    **{code: _input(reason.title, reason.advice) for code, reason in REASONS.items()},
}

WORDS: dict[str, Words] = {**COUNCIL, **VAULT, **PASSPHRASE, **RECORDS, **ATTACHMENTS, **PAPERS, **BUNDLES}


def error(code: str, **numbers: int) -> SfError:
    """Make the error of this code. Only whole numbers may be put into its words, so that no text of a record can be."""
    words = WORDS[code]
    if not all(type(number) is int for number in numbers.values()):
        raise TypeError("only whole numbers may be put into an error’s words")
    return words.kind(code, words.title.format(**numbers), words.advice.format(**numbers), words.retry)


def input_error(code: str, fields: tuple[FieldProblem, ...]) -> InputError:
    """Make an input error that carries every field at fault."""
    words = WORDS[code]
    return InputError(code, words.title, words.advice, words.retry, fields)
