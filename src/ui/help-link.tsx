/** *Help*: the manual of this console in the user's language, a page of its own that can stay open beside the work. */
import { createContext, useContext, type ReactNode } from 'react';
import { QuestionCircleOutlined } from '@ant-design/icons';
import { manualPath, type ManualName } from './manuals/manuals.ts';
import { useText } from './text.ts';

/** The manual of the console around; null: what is shown has none. */
export const ManualContext = createContext<ManualName | null>(null);

/** @param manual not given: the console's own */
export function HelpLink({ manual }: { manual?: ManualName }): ReactNode {
  const t = useText();
  const own = useContext(ManualContext);
  const name = manual ?? own;
  if (name === null) return null;
  return (
    <a
      className="help-link"
      href={manualPath(name, t.language)}
      target="_blank"
      rel="noopener"
      title={t('help.openNew')}
    >
      <QuestionCircleOutlined aria-hidden /> {t('help.open')}
    </a>
  );
}
