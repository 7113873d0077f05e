"""`toolkit serve`: the site as it would be published, rendered in memory and renewed as files are saved."""
