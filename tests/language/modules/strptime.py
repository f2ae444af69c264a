"""time.strptime reads what strftime writes."""
import time
def t(*a):
    try: print(tuple(time.strptime(*a)), time.strptime(*a).tm_zone, time.strptime(*a).tm_gmtoff)
    except Exception as e: print(type(e).__name__, e)
t('2026-01-02', '%Y-%m-%d'); t('Fri Jan  2 10:11:12 2026'); t('30 Nov 00', '%d %b %y'); t('31 12 68', '%d %m %y'); t('1 1 69', '%d %m %y')
t('12:30:59 PM', '%I:%M:%S %p'); t('12 am', '%I %p'); t('366 2000', '%j %Y'); t('2024 10 3', '%Y %U %w'); t('2024 10 3', '%Y %W %w'); t('2024 10 3', '%G %V %u')
t('x', '%Y'); t('2020x', '%Y'); t('2020', '%Q'); t('2020', '%'); t('a%b', 'a%%b'); t('111', '%m%d'); t('13', '%m%d'); t('2020  01', '%Y %m'); t('202001', '%Y %m'); t('JANUARY monday', '%B %A'); t('+05:30', '%z'); t('-0530', '%z'); t('Z', '%z'); t('UTC', '%Z'); t('gmt', '%Z'); t('10:20:30', '%X'); t('01/02/03', '%x'); t('', ''); t('29 02 2023', '%d %m %Y'); t('Feb 29', '%b %d'); t('0.5', '%S.%f'); t('24', '%H'); t('2024 53', '%G %V'); t('3', '%u %V'); t(5, '%Y'); t('2020', 5); t('2020-13-01', '%Y-%m-%d'); t('2020-1-32', '%Y-%m-%d')
t('2024 5', '%G %j'); t('7 2024', '%w %Y'); t('7 2024', '%u %Y')
t(); 
