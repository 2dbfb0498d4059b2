/** What every console starts with: language and theme around it. */
import { StrictMode, useEffect, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US.js';
import ruRU from 'antd/locale/ru_RU.js';
import zhCN from 'antd/locale/zh_CN.js';
import dayjs from 'dayjs';
import 'dayjs/locale/ru.js';
import 'dayjs/locale/zh-cn.js';
import { Console, type ConsoleProps } from './console.tsx';
import { ManualContext } from './help-link.tsx';
import { useLanguage, type Language } from './language.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { consoleTheme } from './theme.ts';
import './styles/base.css';
import './styles/frame.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/entrance.css';
import './styles/print.css';

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

export function startConsole(props: ConsoleProps): void {
  startPage(
    <ManualContext value={props.manual}>
      <Console {...props} />
    </ManualContext>,
  );
}

/** A page that nobody signs in to, in the same language and theme. */
export function startPage(page: ReactNode): void {
  const host = document.querySelector('#screen');
  if (!host) throw new Error('the page has no place for the console');
  createRoot(host).render(
    <StrictMode>
      <Surroundings>{page}</Surroundings>
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
      wave={{ disabled: true }}
    >
      {/* What has just gone through; one line, so that it covers nothing else. */}
      <App message={{ maxCount: 1 }}>
        {children}
        <RefusalNotice ofPage />
      </App>
    </ConfigProvider>
  );
}
