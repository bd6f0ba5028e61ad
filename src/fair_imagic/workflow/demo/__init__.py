"""The sample study, walked from files to publication."""
