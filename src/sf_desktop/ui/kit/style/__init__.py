"""How everything looks: tokens, the stylesheet made of them, the theme that lays them on, and icons."""
