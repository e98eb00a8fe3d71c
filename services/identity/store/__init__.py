"""What identity keeps: tables, reads, writes, hashes and key files."""
