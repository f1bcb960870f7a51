"""The portal: a static site that tells families what data about a child goes where."""
