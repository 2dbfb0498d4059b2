import type { site as en } from '../en/site.ts';
import type { SameKeys } from '../strings.ts';

export const site: SameKeys<typeof en> = {
  'site.firstStart': 'Первый запуск ППЭ',
  'site.code': 'Код ППЭ',
  'site.centreAddress': 'Адрес центра',
  'site.registrationCode': 'Код регистрации',
  'site.lockPath': 'Файл ключа замка',
  'site.lockPin': 'PIN-код замка',
  'site.begin': 'Настроить',
  'site.load': 'Загрузить экзамен',
  'site.fetch': 'Получить авторизации',
  'site.calibrate': 'Открыть ключ',
  'site.verify': 'Проверить',
  'site.sealCheck': 'Выполнить проверку',
  'site.monitor': 'Аудитории',
  'site.collection': 'Сбор результатов',
  'site.report': 'Отправить в центр',
  'site.backupFolder': 'Папка копии на внешнем носителе',
  'site.collectedAt': 'Получено',
  'site.receiptAt': 'Квитанция',
  'site.calibratedAt': 'Ключ открыт',
  'site.verifiedAt': 'Проверено',
  'site.authorisedAt': 'Авторизация',
};
