/** Who is signed in, what the frame shows, and the pages around it: first start, sign-in, first password. */
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { App, Spin } from 'antd';
import type { Refusal } from '../base/result.ts';
import type { FrameView, UserView } from '../node/contract.ts';
import { refusalOf, type NodeClient } from './client.ts';
import { connection } from './connection.ts';
import { EntrancePage, PasswordForm, SignIn, SignInAgain, type SignInWays } from './entrance.tsx';
import type { ManualName } from './manuals/manuals.ts';
import { news } from './news.ts';
import { passkeysHere, signInWithPasskey } from './passkeys/browser.ts';
import { RefusalAlert } from './refusal-text.tsx';
import { SessionContext, type Session } from './session.ts';
import { useElsewhere, type Elsewhere } from './sign-ins/elsewhere.ts';
import { signInEnded } from './sign-ins/ended.ts';
import { ForgottenPage, type CodeByMail, type Forgotten } from './sign-ins/forgotten-page.tsx';
import { useText, type TextKey } from './text.ts';

const frameEveryMs = 5_000;
/** What changes a page may change the frame too, and its server has more to do than this. */
const frameRestMs = 2_000;
const tryAgainMs = 3_000;

export interface ConsoleProps {
  client: NodeClient;
  title: TextKey;
  /** What *Help* opens. */
  manual: ManualName;
  /** Shown instead of everything else before the first account exists or the set-up is done. */
  firstStart?: (done: () => void) => ReactNode;
  needsFirstStart?: () => Promise<boolean>;
  elsewhere?: Elsewhere;
  /** Not given: this console sends no codes by e-mail. */
  codeByMail?: CodeByMail;
  children: ReactNode;
}

type Entrance = 'loading' | 'first-start' | 'sign-in' | 'forgotten' | 'in';

export function Console(props: ConsoleProps): ReactNode {
  const { client, title, firstStart, needsFirstStart, elsewhere, codeByMail = null, children } = props;
  const t = useText();
  const { message } = App.useApp();
  const [entrance, setEntrance] = useState<Entrance>('loading');
  /** As it was typed at the sign-in or on the way back to it. */
  const [typed, setTyped] = useState('');
  const [user, setUser] = useState<UserView | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  const enter = useCallback(async (): Promise<void> => {
    try {
      setRefusal(null);
      if (await needsFirstStart?.()) {
        setEntrance('first-start');
        return;
      }
      const me = await client.account.me();
      setUser(me.user);
      setEntrance(me.user ? 'in' : 'sign-in');
    } catch (error) {
      setRefusal(refusalOf(error));
    }
  }, [client, needsFirstStart]);

  useEffect(() => {
    void enter();
  }, [enter]);

  // A server that is starting or restarting is tried again by itself.
  useEffect(() => {
    if (!refusal || entrance !== 'loading') return undefined;
    const timer = setTimeout(() => void enter(), tryAgainMs);
    return () => clearTimeout(timer);
  }, [refusal, entrance, enter]);

  // Somebody has ended this sign-in: what its pages show goes, unlike after mere idle time.
  useEffect(
    () =>
      signInEnded.subscribe(() => {
        setUser(null);
        setEntrance('sign-in');
        setRefusal({ type: 'sign-in-ended' });
      }),
    [],
  );

  const usable = entrance === 'in' && user !== null && !user.mustChangePassword;
  const { frame, clockOffset, signedOut, signedInAgain } = useFrame(client, usable);

  const other = useElsewhere(elsewhere, entrance === 'sign-in' || signedOut);

  useEffect(() => {
    const parts = [frame?.code, t(title)].filter((part) => part !== null && part !== undefined);
    document.title = parts.join(' · ');
  }, [frame?.code, t, title]);

  const isIn = (who: UserView | null): void => {
    setUser(who);
    setTyped('');
    setRefusal(null);
    setEntrance('in');
    signedInAgain();
  };
  const signIn: SignInWays = {
    password: async (account, password) => isIn(await client.account.signIn({ account, password })),
    passkey: passkeysHere()
      ? async () => {
          await signInWithPasskey(client);
          isIn((await client.account.me()).user);
        }
      : null,
    elsewhere: elsewhere && other.label !== null ? { label: other.label, go: elsewhere.go } : null,
  };
  const forgotten = useMemo<Forgotten>(
    () => ({ state: () => client.account.forgotten(), byMail: codeByMail }),
    [client, codeByMail],
  );
  const session = useMemo<Session | null>(
    () =>
      user && {
        user,
        frame,
        clockOffset,
        signOut: async () => {
          await client.account.signOut();
          setUser(null);
          setEntrance('sign-in');
        },
        changePassword: async (current, next) => {
          await client.account.changePassword({ current, next });
        },
      },
    [client, user, frame, clockOffset],
  );

  if (entrance === 'loading')
    return (
      <EntrancePage title={t(title)}>
        {refusal ? <RefusalAlert refusal={refusal} /> : <Spin aria-label={t('loading')} />}
      </EntrancePage>
    );
  if (entrance === 'first-start' && firstStart) return firstStart(() => void enter());
  if (entrance === 'forgotten')
    return (
      <ForgottenPage
        forgotten={forgotten}
        account={typed}
        back={(account) => {
          setTyped(account);
          setEntrance('sign-in');
        }}
      />
    );
  if (entrance !== 'in' || !user || !session)
    return (
      <SignIn
        title={t(title)}
        signIn={signIn}
        ended={other.refusal ?? refusal}
        account={typed}
        forgotten={(account) => {
          setTyped(account);
          setRefusal(null);
          setEntrance('forgotten');
        }}
      />
    );
  if (user.mustChangePassword)
    return (
      <EntrancePage title={t('account.mustChangeTitle')}>
        <p>{t('account.mustChange')}</p>
        <PasswordForm
          change={async (current, next) => {
            await client.account.changePassword({ current, next });
            void message.success(t('account.passwordChanged'));
            await enter();
          }}
        />
      </EntrancePage>
    );
  return (
    <SessionContext value={session}>
      {children}
      {signedOut && <SignInAgain account={user.account} signIn={signIn} />}
    </SessionContext>
  );
}

/** Title and status bar, the server's clock, and whether it still knows us. What it asks by itself keeps nobody signed in. */
function useFrame(client: NodeClient, usable: boolean) {
  const [frame, setFrame] = useState<FrameView | null>(null);
  const [clockOffset, setClockOffset] = useState(0);
  const [signedOut, setSignedOut] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (!usable) {
      setFrame(null);
      return undefined;
    }
    const load = (): void => {
      client.frame().then(
        (view) => {
          setFrame(view);
          setClockOffset(view.now - Date.now());
          setSignedOut(false);
          connection.answered();
        },
        (error: unknown) => {
          const { type } = refusalOf(error);
          if (type === 'sign-in-needed') setSignedOut(true);
          else if (type === 'console-unreachable') connection.silent();
        },
      );
    };
    load();
    const timer = setInterval(load, frameEveryMs);
    const stop = news.follow(load, frameRestMs);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [client, usable, round]);

  const signedInAgain = useCallback(() => setRound((one) => one + 1), []);
  return { frame, clockOffset, signedOut, signedInAgain };
}
