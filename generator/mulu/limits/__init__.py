"""公开时限: the official wording read into typed rules, and due dates with every step of their derivation."""
