"""IAM: who a caller is, and what a policy says. moto's own IAM is not changed."""
