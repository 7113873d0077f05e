"""What the further commands do, composed from the stages: check, memory, review, evaluate, terms, calibrate."""
