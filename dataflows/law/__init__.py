"""The law and the taxonomy as dated data: what held on a day."""
