"""What people want otherwise than usual: fewer emails, or letters on paper."""
