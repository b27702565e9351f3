"""One laptop and its council: what is said under the policy key, and what the laptop tells of itself."""
