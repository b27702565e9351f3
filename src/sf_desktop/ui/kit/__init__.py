"""The window's building blocks, each named once. Import from the module that is named; nothing is loaded early.

tokens      GAP_XS..GAP_XL (4 8 12 16 24), RADIUS, TONES, Tokens, contrast()
theme       Theme(app, ThemeChoice, text_percent): choose(), scale_text(), `changed`; current_tokens()
labels      body small muted subtitle strong heading title key -> Label: plain text, at most 90 characters a line
surfaces    Card(title, tone=, edge=) and Page() (both fill `.layout_`), rule(), column(), row(), clear(layout)
flow        Flow(owner): left to right and wrapping, for tags and buttons
tags        Tag(text, tone): a status in words on a tint
buttons     primary() secondary() quiet() danger() chip(); Button(text, Kind, spoken=, hint=)
icons       icon(name, colour, size), paint_icon()
marks       Radio, Tick: buttons that paint themselves (used by the fields)
fields      Field: name, title, value(), set_value(), problem, set_read_only(), take_focus(); `changed`, `left`
text_fields TextField -> str;  SecretField -> str (Show/Hide, paste allowed)
prose       ProseField -> str: grows, undo, plain paste, set_spelling(Spelling), cursor_place(), put_cursor()
spelling    Spelling (Protocol: knows(word), suggest(word))
choices     Option(code, label, hint); ChoiceField -> code | None;  ChoicesField -> (codes);  YesNoField -> bool | None;
            PeopleField.set_people([(id, name, who)]) -> (ids);  CodeField (type to find) -> code | None
dates       DateField -> date | None;  TimeField -> time | None;  ApproximateDateField -> "2019-04" | None;
            typed(), set_typed() and is_malformed for drafts
banners     Banner(title, advice, tone, button=, closable=);  ErrorSummary().show_problems(fields) ; `followed(name)`
states      EmptyState(title, advice, button), LoadingState(what): advance(done, total, words); `cancelled`
foot        StatusWords(lead, rest, parts, right), StatusLine
rail        NavigationRail, RailPlace;   topbar   TopBar, SearchBox
sections    SectionList(name, [Section(name, label)]): say(name, state, tone), step(+-1); `chosen(name)`
rows        RowsModel([Column(heading, text, sort_key)]): set_ids, put_rows({id: row}), forget(ids);
            `page_wanted(ids)`, `sort_wanted(key, ascending)`; ROW_ROLE, ID_ROLE
tables      RowsTable(name, model): a list of rows with sortable headings; `opened(id)`
timeline    TimelineRow(when, title, text, meta, tag, tone), TimelineDelegate, TimelineView(name) over a RowsModel
filters     Combo(name, chars=): a drop-down;  lines  Line(chars): one line to write on
tabbing     go_on(window, forward=), first_stop(within): Tab goes as one reads
announcing  announce(widget, words, at_once=): said by a screen reader;  drawing  Drawing: told as an image
stack       Screen (base class), GoTo(screen, subject), TopAction(label, slot, kind, shortcut), ScreenPlan, ScreenStack
actions     SHORTCUTS, bind(id, owner, slot), key_words(id): the one registry

Beside the kit: `ui.desk.Desk.ask(verb, *args, on_done=, on_error=)`, `ui.messages.show_error(banner, error)`,
`ui.messages.Question` (window-modal), `ui.main_window.MainWindow(desk, plans, WindowWords)`.

Rules: words on screen are plain text; no colour without a word; every control has a name that is said aloud; slots are
methods of QObjects with @Slot; a screen never waits, and never opens a loop of its own.
"""
