"""Passwords that are tried first, in their plain form: without decoration, in small letters, with letters for digits.

Written for this bank: words, names, runs over the keyboard and short sentences that show up in every leak.
"""

from itertools import pairwise

_WORDS = """
password passwort passwords motdepasse contrasena senha parola wachtwoord haslo losenord salasana jelszo heslo
welcome welcomeback willkommen bienvenue bonjour hello hellohello helloworld letmein letmeinplease letmeinnow
changeme changemenow changeit changethis pleasechange default defaultpassword temporary temppassword temp
admin administrator adminadmin administrador root rootroot toor superuser sysadmin system master mastermaster
user username useruser guest guestguest test tester testtest testing testpassword testuser demo demodemo sample
secret secrets secretsecret topsecret mysecret private login loginlogin signin access accessdenied account
mypassword mypasswordis mypasswordispassword thisismypassword thepassword yourpassword newpassword oldpassword
passwordpassword passwordpasswordpassword password123password nopassword forgotpassword forgetpassword ilovepassword
iloveyou iloveyouiloveyou iloveyousomuch iloveyouforever iloveu loveyou loveme lovelove lovely love forever
princess sunshine sunshinesunshine rainbow butterfly flower flowers chocolate cookie cookies cupcake sweetheart
angel angels babygirl babyboy beautiful family friends friendship freedom happiness happy hannah jessica michelle
michael jennifer daniel daniela thomas andrea nicole jordan joshua matthew anthony ashley amanda charlie robert
football futbol fussball baseball basketball soccer hockey liverpool arsenal chelsea barcelona realmadrid juventus
bayernmunchen borussia schalke superman batman spiderman pokemon starwars startrek matrix dragon dragons dragonball
monkey monkeys tiger tigers lion panther eagle eagles falcon shadow hunter ranger killer warrior ninja samurai
computer internet windows microsoft google facebook instagram whatsapp samsung iphone android apple linux ubuntu
money moneymoney cash dollar dollars euro euros bank banking mybank mybankpassword bankpassword onlinebanking
savings mymoney creditcard pincode millionaire treasure strongroom strongroomstrongroom welcometostrongroom vault
mustang ferrari porsche mercedes corvette harley yamaha honda toyota volkswagen
summer winter spring autumn january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday sommer fruhling herbst
trustno trustnoone whatever nothing nothingtodo something anything everything blink blinkblink
abcabc abcabcabc abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijkl abcdefghijklm abcdefghijklmn
abcdefghijklmno abcdefghijklmnop abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba aabbccdd aabbccddee
qwerty qwertz azerty qwertyui qwertyuio qwertyuiop qwertzuiop azertyuiop qwertyqwerty qwertyuiopasdf
qwertyuiopasdfgh qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm asdf asdfasdf asdfgh asdfghjk asdfghjkl
asdfghjklzxcvbnm zxcvbn zxcvbnm zxcvbnmasdfghjkl poiuytrewq lkjhgfdsa mnbvcxz qazwsx qazwsxedc qazwsxedcrfv
qazwsxedcrfvtgb wsxedc qweasd qweasdzxc qweqwe qweqweqwe asdasd asdasdasd zxczxc zaqwsx zaqxsw
correcthorsebatterystaple tobeornottobe maytheforcebewithyou openyourmind opensesame sesame abracadabra
jesus jesuschrist godisgood blessed heaven church bible amen
fuckyou fuckoff asshole bitch bastard
"""

_RUNS = """
1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv
1qazxsw2 zaq12wsx zaq1xsw2 q1w2e3r4 q1w2e3r4t5 a1b2c3d4 a1b2c3d4e5 abc123abc 123abc123 1a2b3c4d qwe123qwe asd123asd
p@ssw0rd pa55word pa$$word passw0rd
"""

KNOWN = frozenset(_WORDS.split())
"""In their plain form: compare with `plain_form`."""
KNOWN_RUNS = frozenset(_RUNS.split())
"""As they are typed: what makes them up are the digits."""

_LETTERS = str.maketrans("0134578@$!", "oieastbasi")
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop")


def plain_form(password: str) -> str:
    """Give what is left when decoration goes: digits and signs at both ends, digits for letters, spaces and signs."""
    inner = password.casefold().strip("0123456789!?.,;:-_+*#@$%&/()=<> ")
    return "".join(sign for sign in inner.translate(_LETTERS) if sign.isalpha())


def is_one_thing_repeated(password: str) -> bool:
    """Tell whether a password is a short piece over and over."""
    return password in (password + password)[1:-1] and len(password) > 1


def is_run(password: str) -> bool:
    """Tell whether at most every fourth character is not the neighbour of the one before on a keyboard or in a row."""
    steps = [
        any(one + other in row or other + one in row for row in _ROWS) or one == other
        for one, other in pairwise(password)
    ]
    return bool(steps) and sum(steps) * 4 >= len(steps) * 3
