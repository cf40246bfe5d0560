"""How access to a child's record is given, refused, ended and looked after."""
