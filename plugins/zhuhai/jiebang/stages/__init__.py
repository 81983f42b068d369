"""The steps of a challenge (第四节): call, choice of bidders, agreement and delivery, subsidy, and what runs beside."""
