"""Pod security: the standard that Pod Security Admission holds pods to."""
