/** How the form of a door stands: signing in, setting up. */
export type DoorStatus =
  { kind: 'editing' } | { kind: 'sending' } | { kind: 'failed'; text: string }
