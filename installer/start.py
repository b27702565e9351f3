"""Where the frozen program begins."""

from sf_desktop.app import main

raise SystemExit(main())
