/** Handlers for the `account` operations that every console has. */
import type { OperationContext } from './operations.ts';
import { unwrap } from './refused.ts';
import type { UserView } from './contract.ts';

type Call<I = unknown> = { readonly context: OperationContext; readonly input: I };

export const accountHandlers = {
  me: ({ context }: Call): { user: UserView | null; firstStart: boolean } => ({
    user: context.user,
    firstStart: !context.accounts.any(),
  }),

  signIn: async ({ context, input }: Call<{ account: string; password: string }>): Promise<UserView> => {
    const { token, user } = unwrap(
      await context.accounts.signIn(input.account, input.password, context.whence),
    );
    context.setSession(token);
    return user;
  },

  signOut: ({ context }: Call): Record<string, never> => {
    if (context.sessionToken !== null) context.accounts.signOut(context.sessionToken);
    context.setSession(null);
    return {};
  },

  changePassword: async ({
    context,
    input,
  }: Call<{ current: string; next: string }>): Promise<Record<string, never>> => {
    unwrap(
      await context.accounts.changePassword(context.account, input.current, input.next, context.sessionToken),
    );
    return {};
  },
};
