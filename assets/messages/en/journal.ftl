## Why the journal cannot be written or read

journal-disk-full = disk full
journal-held = another process does not let go of it
journal-too-long = the action is too long for it
journal-no-randomness = the system gives no random numbers
