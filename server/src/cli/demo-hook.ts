import type { Installation } from './installation.ts'

/** This will load what is missing of the demo utility before the server opens; nothing when it is complete. */
export async function loadMissingDemo(_installation: Installation): Promise<void> {}
