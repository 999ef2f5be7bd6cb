// Compiled into each test assembly whose tests are evidence for docs/engine/compatibility.md.
[assembly: AssemblyFixture(typeof(AugmentedOS.Compatibility.Notes.CompatibilityNotes))]
