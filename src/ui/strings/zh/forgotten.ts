import type { forgotten as en } from '../en/forgotten.ts';
import type { SameKeys } from '../strings.ts';

export const forgotten: SameKeys<typeof en> = {
  'forgotten.link': '忘记密码',
  'forgotten.title': '重设密码',
  'forgotten.back': '返回登录',
  'forgotten.ask': '请联系本机的系统管理员。系统管理员会为您设置初始密码，首次登录时需自行修改。',
  'forgotten.askCentre':
    '请联系中心的系统管理员；考点账号也可联系所在区域的区域管理员。他们会为您设置初始密码，首次登录时需自行修改。',
  'forgotten.phone': '技术支持电话：{phone}',
  'forgotten.step1': '1. 获取验证码',
  'forgotten.send': '发送验证码到邮箱',
  'forgotten.sendAgain': '重新发送验证码',
  'forgotten.sent':
    '如果该账号已登记邮箱并使用密码登录，验证码将发送到该邮箱。验证码 30 分钟内有效，仅最新的一个有效。',
  'forgotten.nothingCame': '几分钟后仍未收到？请查看垃圾邮件文件夹，或请系统管理员设置初始密码。',
  'forgotten.step2': '2. 输入验证码和新密码',
  'forgotten.code': '验证码',
  'forgotten.codeHint': '邮件中的 12 位字母和数字，短横线可省略。',
  'forgotten.set': '设置新密码',
  'forgotten.done': '密码已修改，使用该账号的所有登录均已退出。请使用新密码登录。',
  'forgotten.codeSubject': 'Invigil {centre}：重设密码验证码',
  'forgotten.codeText': '有人于 {at:time}（{zone}）为中心 {centre} 的账号 {account} 申请重设密码。验证码为：',
  'forgotten.codeUse':
    '请打开 {address}，点击“忘记密码”并输入验证码。验证码自现在起 {minutes} 分钟内有效，只能使用一次，仅最新的一个有效。',
  'forgotten.codeNotAsked':
    '如果不是您本人申请，无需任何操作：没有验证码，密码不会改变。请勿将验证码告诉任何人，中心工作人员不会索要。',
  'forgotten.changedSubject': 'Invigil {centre}：您的密码已修改',
  'forgotten.changedText':
    '中心 {centre} 的账号 {account} 已于 {at:time}（{zone}）通过邮件验证码修改密码，使用该账号的所有登录均已退出。\n\n如果不是您本人操作，请立即通知中心的系统管理员，并检查您的邮箱是否安全。',
  'forgotten.mailFooter': '来自中心 {centre}。请勿回复本邮件。',
  'refusal.password-code-wrong':
    '验证码不正确或已失效。|请按邮件中最新的验证码输入。验证码 30 分钟内有效，只能使用一次，最多可试五次；失效后请重新获取。',
  'refusal.forgotten-no-mail': '本中心不发送邮件验证码。|请系统管理员设置初始密码。',
};
