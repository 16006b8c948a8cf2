## Help: its page
keys-title = help · { $page } · keymap { $keymap }
keys-type = type to find a key
keys-found = { $count ->
    [one] 1 found
   *[other] { $count } found
}
keys-none = no key does that
keys-unbound = unbound

## Its groups
keys-move = MOVE
keys-find = FIND
keys-inside = INSIDE
keys-aspects = detail, events, YAML, logs
keys-course = rollout, why, history
keys-wrap = wrap long lines
keys-run = pause, last, since, save
keys-level = level, only warnings
keys-lines = container, times
keys-typing = WHILE TYPING
keys-program = PROGRAM

## What keys do, in at most 26 letters
keys-row = row
keys-in-need = next, previous in need
keys-ends = first, last row
keys-pages = half a page, a page
keys-screens = screen
keys-open = open the row
keys-escape = close, drop filter, back
keys-pane = into the pane, and back
keys-trail = where I was, and forth
keys-copy = copy of the row
keys-fold = fold, open the branch
keys-filter = filter the rows
keys-mark = mark a row, up to here
keys-search = search everything
keys-palette = any command or name
keys-sort = order of the rows, turned
keys-tenant = one tenant, classes shown
keys-keep = keep it, take the choice
keys-complete = complete the term
keys-drop = drop it, close
keys-empty = empty it
keys-choice = another choice
keys-help = this help
keys-retry = ask silent clusters again
keys-redraw = draw again, mouse on, off
keys-suspend = to the shell, until fg
keys-quit = close the text, quit

## Actions
keys-act = act, undo, previewed
keys-go = evict, delete, run: by :
