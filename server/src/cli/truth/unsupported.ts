/** A feature that a case asks for and pricing does not have. */
export class Unsupported extends Error {}
