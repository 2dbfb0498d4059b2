import type { ReactNode } from 'react';
import { Select } from 'antd';
import { languageNames, languages, setLanguage } from './language.ts';
import { useText } from './text.ts';

export function LanguageSwitch(): ReactNode {
  const t = useText();
  return (
    <Select
      aria-label={t('language')}
      value={t.language}
      variant="borderless"
      className="language-switch"
      options={languages.map((value) => ({ value, label: languageNames[value] }))}
      onChange={setLanguage}
    />
  );
}
