"""Entities: what rules for Backstage's catalog and templates are made from; `GROUPS` stands where the rules are."""
