/** The hash that blank nodes are told apart by: that of the curve, SHA-256 but for P-384. */
export type Digest = 'SHA-256' | 'SHA-384'
