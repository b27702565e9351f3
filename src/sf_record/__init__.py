"""What a family's record is and its rules: pure standard library, without disk, network, Qt or clock."""
