"""The demo: an invented council with families at every stage, and a look at the emails that it kept."""
