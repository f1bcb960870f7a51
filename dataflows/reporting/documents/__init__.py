"""Documents that a district owes beside the annual notice: one module each, with `compose(order)`."""
