"""Single controls: buttons, radio buttons and ticks, drop-downs, one line to write on."""
