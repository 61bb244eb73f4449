"""What several clips tell alike, and how a clip goes on where its picture is too large for labels."""
