/** How much of a gateway anybody may take. Each number is per gateway, times are milliseconds. */
export interface GatewayLimits {
  readonly connections: number;
  /** Behind one address there may be all computers of a site. */
  readonly connectionsPerAddress: number;
  /** Wrong passwords on one connection. */
  readonly tries: number;
  /** From the connection to the sign-in. */
  readonly signInMs: number;
  /** Without a command, a request or a transfer. */
  readonly idleMs: number;
  /** In the middle of a transfer, or until its connection is made. */
  readonly transferIdleMs: number;
}

export const usualLimits: GatewayLimits = {
  connections: 200,
  connectionsPerAddress: 16,
  tries: 3,
  signInMs: 60_000,
  idleMs: 5 * 60_000,
  transferIdleMs: 60_000,
};
