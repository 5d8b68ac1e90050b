"""Homes of subscription notices: prices, sizes, months, wishes and everything else that a search for them may set."""
