"""The window's building blocks, each named once. Import from the module that is named; nothing is loaded early.

style/      tokens: GAP_XS..GAP_XL (4 8 12 16 24), RADIUS, TONES, Tokens
            theme: Theme(app, ThemeChoice, text_percent): choose(), scale_text(), `changed`; current_tokens()
            icons: icon(name, colour, size), paint_icon();   stylesheet: the one stylesheet, made of the tokens
text/       labels: body small muted subtitle strong heading title key -> Label: plain text, at most 90 characters
            tags: Tag(text, tone): a status in words on a tint;   statuses, moments: a child's status, a day, in words
layout/     surfaces: Card(title, tone=, edge=) and Page() (both fill `.layout_`), rule(), column(), row(), clear()
            flow: Flow(owner): left to right and wrapping, for tags and buttons;   beside: Beside;   listcard: ListCard
            tagged: tagged(labels, tags=): what something is called, and its tags behind that
            sections: SectionList(name, [Section(name, label)]): say(name, state, tone), step(+-1); `chosen(name)`
controls/   buttons: primary() secondary() quiet() danger() chip(); Button(text, Kind, spoken=, hint=)
            marks: Radio, Tick: buttons that paint themselves (used by the fields)
            filters: Combo(name, chars=): a drop-down;   lines: Line(chars): one line to write on
fields/     field: Field: name, title, value(), set_value(), problem, set_read_only(), take_focus(); `changed`, `left`
            text: TextField -> str;  SecretField -> str (Show/Hide, paste allowed)
            choices: Option(code, label, hint); ChoiceField -> code | None;  ChoicesField -> (codes);
            YesNoField -> bool | None;  CodeField (type to find) -> code | None
            dates: DateField -> date | None;  TimeField -> time | None;  ApproximateDateField -> "2019-04" | None;
            typed(), set_typed() and is_malformed for drafts
writing/    prose: ProseField -> str: grows, undo, plain paste, set_spelling(Spelling), cursor_place(), put_cursor()
            spelling: Spelling (Protocol: knows(word), suggest(word))
lists/      rows: RowsModel([Column(heading, text, sort_key)]): set_ids, put_rows({id: row}), forget(ids);
            `page_wanted(ids)`, `sort_wanted(key, ascending)`; ROW_ROLE, ID_ROLE
            tables: RowsTable(name, model): a list of rows with sortable headings; `opened(id)`
            timeline: TimelineRow(when, title, text, meta, tag, tone), TimelineDelegate, TimelineView(name)
drawings/   drawing: Drawing: told as an image;   chart, ranges, body_drawing, picture
messages/   banners: Banner(title, advice, tone, button=, closable=);  ErrorSummary().show_problems(fields)
            states: EmptyState(title, advice, button), LoadingState(what): advance(done, total, words); `cancelled`
            sure: SureButton(asks, yes, no): asks once more; `confirmed`
safety/     numbers: whom to ring;   outcard: who is out on a visit;   concern_words
access/     actions: SHORTCUTS, bind(id, owner, slot), key_words(id): the one registry of shortcuts
            tabbing: go_on(window, forward=), first_stop(within): Tab goes as one reads
            keeping: focus_kept(page, part): the keyboard stays where it is while a part is built anew
            announcing: announce(widget, words, at_once=): said by a screen reader
window/     stack: Screen (base class), GoTo(screen, subject), TopAction(label, slot, kind), ScreenPlan, ScreenStack
            foot: StatusWords(lead, rest, parts, right), StatusLine;   rail: NavigationRail, RailPlace
            topbar: TopBar, SearchBox;   frame, filetab, neutral, readback
dropped     files_in(data), holds_words(data): what is dropped or pasted
later       later(owner, after_ms, slot) -> QTimer: once, when typing rests;   replies: a future's end in the GUI

Beside the kit: `ui.desk.Desk.ask(verb, *args, on_done=, on_error=)`, `ui.messages.show_error(banner, error)`,
`ui.messages.Question` (window-modal), `ui.main_window.MainWindow(desk, plans, WindowWords)`.

Rules: words on screen are plain text; no colour without a word; every control has a name that is said aloud; slots are
methods of QObjects with @Slot; a screen never waits, and never opens a loop of its own.
"""
