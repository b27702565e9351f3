"""The window: screens that ask `ops` through the desk and never touch disk, network or database themselves."""

from sf_desktop.ui.singletons import keep_singletons

keep_singletons()
