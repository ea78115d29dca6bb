/** Who presses the button: their role, and never their name. */
export interface Actor {
  readonly role: string
}
