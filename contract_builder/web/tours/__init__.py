"""The tour of the application: how far each person is."""
