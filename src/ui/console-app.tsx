/** What every console starts with: language, theme, who is signed in, and the frame's data. */
import { StrictMode, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, ConfigProvider, Spin } from 'antd';
import enUS from 'antd/locale/en_US.js';
import ruRU from 'antd/locale/ru_RU.js';
import zhCN from 'antd/locale/zh_CN.js';
import dayjs from 'dayjs';
import 'dayjs/locale/ru.js';
import 'dayjs/locale/zh-cn.js';
import type { Refusal } from '../base/result.ts';
import type { FrameView, UserView } from '../node/contract.ts';
import { refusalOf, type NodeClient } from './client.ts';
import { EntrancePage, PasswordForm, SignIn } from './entrance.tsx';
import { useLanguage, type Language } from './language.ts';
import { RefusalAlert } from './refusal-text.tsx';
import { SessionContext, type Session } from './session.ts';
import { useText, type TextKey } from './text.ts';
import { consoleTheme } from './theme.ts';
import './console.css';

const frameEveryMs = 5_000;
const dayjsLocale: Record<Language, string> = { en: 'en', zh: 'zh-cn', ru: 'ru' };
const antdLocale: Record<Language, unknown> = { en: enUS, zh: zhCN, ru: ruRU };
const htmlLanguage: Record<Language, string> = { en: 'en', zh: 'zh-CN', ru: 'ru' };

type AntdLocale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

/** The locale files are CommonJS: depending on the bundler the default export is wrapped once more. */
function unwrapped(module: unknown): AntdLocale {
  const inner =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
  return inner as AntdLocale;
}

interface ConsoleProps {
  client: NodeClient;
  title: TextKey;
  /** Shown instead of everything else before the first account exists or the set-up is done. */
  firstStart?: (done: () => void) => ReactNode;
  needsFirstStart?: () => Promise<boolean>;
  children: ReactNode;
}

export function startConsole(props: ConsoleProps): void {
  const host = document.querySelector('#screen');
  if (!host) throw new Error('the page has no place for the console');
  createRoot(host).render(
    <StrictMode>
      <Surroundings>
        <Console {...props} />
      </Surroundings>
    </StrictMode>,
  );
}

function Surroundings({ children }: { children: ReactNode }): ReactNode {
  const language = useLanguage();
  dayjs.locale(dayjsLocale[language]);
  useEffect(() => {
    document.documentElement.lang = htmlLanguage[language];
  }, [language]);
  return (
    <ConfigProvider
      theme={consoleTheme}
      locale={unwrapped(antdLocale[language])}
      button={{ autoInsertSpace: false }}
    >
      <App>{children}</App>
    </ConfigProvider>
  );
}

type Entrance = 'loading' | 'first-start' | 'sign-in' | 'in';

function Console({ client, title, firstStart, needsFirstStart, children }: ConsoleProps): ReactNode {
  const t = useText();
  const [entrance, setEntrance] = useState<Entrance>('loading');
  const [user, setUser] = useState<UserView | null>(null);
  const [frame, setFrame] = useState<FrameView | null>(null);
  const [clockOffset, setClockOffset] = useState(0);
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
    const timer = setTimeout(() => void enter(), 3_000);
    return () => clearTimeout(timer);
  }, [refusal, entrance, enter]);

  const usable = entrance === 'in' && user !== null && !user.mustChangePassword;
  useEffect(() => {
    if (!usable) return undefined;
    const load = (): void => {
      client.frame().then(
        (view) => {
          setFrame(view);
          setClockOffset(view.now - Date.now());
        },
        (error: unknown) => {
          // Other failures show as "connection lost" in the page itself.
          if (refusalOf(error).type === 'sign-in-needed') setEntrance('sign-in');
        },
      );
    };
    load();
    const timer = setInterval(load, frameEveryMs);
    return () => clearInterval(timer);
  }, [client, usable]);

  useEffect(() => {
    const parts = [frame?.code, t(title)].filter((part) => part !== null && part !== undefined);
    document.title = parts.join(' · ');
  }, [frame?.code, t, title]);

  const session = useMemo<Session | null>(
    () =>
      user && {
        user,
        frame,
        clockOffset,
        signOut: async () => {
          await client.account.signOut();
          setUser(null);
          setFrame(null);
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
  if (entrance !== 'in' || !user || !session)
    return (
      <SignIn
        title={t(title)}
        signIn={async (account, password) => {
          setUser(await client.account.signIn({ account, password }));
          setEntrance('in');
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
            await enter();
          }}
        />
      </EntrancePage>
    );
  return <SessionContext value={session}>{children}</SessionContext>;
}
