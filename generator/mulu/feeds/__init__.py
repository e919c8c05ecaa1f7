"""What readers subscribe to: Atom feeds and calendars, planned beside the pages."""
