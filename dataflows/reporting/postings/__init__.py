"""What states want posted or sent: one way of telling the fields that schemas/law/states names, and a template each."""
