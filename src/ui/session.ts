import { createContext, useContext } from 'react';
import type { FrameView, UserView } from '../node/contract.ts';

export interface Session {
  readonly user: UserView;
  readonly frame: FrameView | null;
  /** Server's clock minus this browser's, ms. */
  readonly clockOffset: number;
  readonly signOut: () => Promise<void>;
  readonly changePassword: (current: string, next: string) => Promise<void>;
}

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('a console page is shown without a signed-in user');
  return session;
}
