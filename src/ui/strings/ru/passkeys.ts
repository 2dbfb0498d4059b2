import type { passkeys as en } from '../en/passkeys.ts';
import type { SameKeys } from '../strings.ts';

export const passkeys: SameKeys<typeof en> = {
  'passkeys.title': 'Ключи для входа (passkey)',
  'passkeys.text':
    'Вход без пароля: ключ хранит этот компьютер, телефон или ключ безопасности. Он попросит отпечаток, лицо или ПИН-код и действует только по адресу {host}.',
  'passkeys.name': 'Название',
  'passkeys.nameHint': 'Чтобы узнать его потом, например «Синий ключ».',
  'passkeys.host': 'Где действует',
  'passkeys.created': 'Добавлен',
  'passkeys.used': 'Последний вход',
  'passkeys.none': 'У вас ещё нет ключа для входа.',
  'passkeys.add': 'Добавить ключ для входа…',
  'passkeys.addSubmit': 'Добавить',
  'passkeys.added': 'Ключ для входа добавлен.',
  'passkeys.removeText':
    '«{name}» больше не будет открывать вход. Удалите его и на самом ключе или телефоне.',
  'passkeys.signIn': 'Войти с ключом (passkey)',
  'refusal.passkeys-not-here':
    'По этому адресу ключи для входа не действуют.|Откройте консоль на этом компьютере как http://localhost с её портом или по открытому имени через https.',
  'refusal.passkey-refused':
    'Этот ключ не открывает вход сюда.|Повторите или введите пароль. Возможно, ключ удалён или относится к другому адресу.',
  'refusal.passkey-not-added': 'Ключ для входа не добавлен.|Повторите: на это есть три минуты.',
  'refusal.no-such-passkey': 'Такого ключа для входа больше нет.|Обновите страницу.',
  'refusal.passkey-cancelled':
    'Ключ не использован: отмена, вышло время или для этого адреса ключа нет.|Повторите или введите пароль.',
  'refusal.passkey-known':
    'На этом ключе уже есть ваш вход в эту консоль.|Возьмите другой ключ или сначала удалите прежний.',
};
