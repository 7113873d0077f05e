"""Fixed French-English pairs of the press release: menu words, labels, acronyms, verbs of saying.

Keys are lower case with typographic apostrophes; ``lookup`` takes care of both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.text.acronyms import ACRONYMS as ACRONYMS
from toolkit.text.people import HONORIFICS as HONORIFICS
from toolkit.text.tables import pairs, words

#: Words of a site's frame. Headings and single words that are also ordinary text ("Contexte") are here too: a small
#: model loops on one word.
BOILERPLATE = pairs("""
accueil=Home|retour=Back|retour à l’accueil=Back to home|retour à la liste=Back to list|retour en haut=Back to top
haut de page=Top of page|imprimer=Print|imprimer cette page=Print this page|imprimer la page=Print this page
partager=Share|partager cet article=Share this article|partager cette page=Share this page|partager sur=Share on
envoyer=Send|envoyer par courriel=Send by email|télécharger=Download|télécharger le pdf=Download the PDF
télécharger le communiqué=Download the release|version pdf=PDF version|version imprimable=Printable version
écouter=Listen|fermer=Close|ouvrir=Open|menu=Menu|rechercher=Search|recherche=Search|suivant=Next|précédent=Previous
article suivant=Next article|article précédent=Previous article|page suivante=Next page
page précédente=Previous page|lire la suite=Read more|en savoir plus=Learn more|voir plus=See more
voir aussi=See also|lire aussi=Read also|à lire aussi=Read also|voir tout=See all|tout voir=See all
plus d’informations=More information|plus d’infos=More information|pour en savoir plus=To learn more
pour plus d’informations=For more information|informations complémentaires=Further information
toutes les actualités=All news|toute l’actualité=All news|actualités=News|actualité=News
dernières actualités=Latest news|nos actualités=Our news|à la une=Headlines|communiqué=Press release
communiqué de presse=Press release|communiqués de presse=Press releases|communiqués=Press releases
espace presse=Press room|salle de presse=Press room|dossier de presse=Press kit|presse=Press|contact=Contact
contacts=Contacts|contact presse=Press contact|contacts presse=Press contacts|contactez-nous=Contact us
nous contacter=Contact us|nous suivre=Follow us|suivez-nous=Follow us|s’abonner=Subscribe|abonnez-vous=Subscribe
se connecter=Log in|se déconnecter=Log out|s’inscrire=Sign up|lettre d’information=Newsletter|plan du site=Site map
mentions légales=Legal notice|cookies=Cookies|accepter=Accept|refuser=Decline|tout accepter=Accept all
tout refuser=Decline all|accessibilité=Accessibility|politique de confidentialité=Privacy policy
gestion des cookies=Cookie settings|données personnelles=Personal data|documents joints=Attached documents
document joint=Attached document|pièces jointes=Attachments|annexe=Annex|annexes=Annexes|photos=Photos|photo=Photo
vidéo=Video|vidéos=Videos|galerie=Gallery|agenda=Calendar|à propos=About|qui sommes-nous=About us|sommaire=Contents
contexte=Background|calendrier=Timetable|chiffres clés=Key figures|repères=Key facts|liens utiles=Useful links
liens=Links|liens connexes=Related links|sur le même sujet=On the same subject|note aux rédactions=Note to editors
notes aux rédactions=Notes to editors|notes aux rédacteurs=Notes to editors
pour diffusion immédiate=For immediate release|embargo=Embargo|conclusion=Conclusion|introduction=Introduction
fin=End|programme=Programme|résumé=Summary|sources=Sources|source=Source|références=References
remerciements=Acknowledgements
""")

#: What stands before a colon and says what the rest of the line is.
LABELS = pairs("""
source=Source|sources=Sources|photo=Photo|photos=Photos|photographie=Photograph|photographies=Photographs
crédit=Credit|crédits=Credits|crédit photo=Photo credit|crédits photo=Photo credits|crédits photos=Photo credits
crédit photographique=Photo credit|crédit image=Image credit|illustration=Illustration|image=Image|légende=Caption
infographie=Infographic|carte=Map|vidéo=Video|texte=Text|auteur=Author|autrice=Author|auteurs=Authors
rédaction=Written by|traduction=Translation|contact=Contact|contacts=Contacts|contact presse=Press contact
contacts presse=Press contacts|contact médias=Media contact|contacts médias=Media contacts
relations presse=Press relations|service de presse=Press office|attaché de presse=Press officer
attachée de presse=Press officer|tél.=Tel.|tél=Tel.|téléphone=Telephone|portable=Mobile|courriel=Email|mél=Email
e-mail=Email|email=Email|adresse=Address|site=Website|site internet=Website|site web=Website|web=Website|fax=Fax
télécopie=Fax|date=Date|lieu=Place|référence=Reference|réf.=Ref.|numéro=Number|mots-clés=Keywords|mots clés=Keywords
renseignements=Information|informations=Information|inscription=Registration|inscriptions=Registration
mobile=Mobile|standard=Switchboard|tarif=Price|durée=Duration|horaires=Opening hours
copyright=Copyright|diffusion=Distribution|publié par=Published by|responsable=Person in charge|nom=Name|noms=Names
prénom=First name|titulaire=Holder|intervenant=Speaker|intervenants=Speakers|participants=Participants|titre=Title
partenaire=Partner|partenaires=Partners|organisme=Organization
service de la communication=Communications department|service communication=Communications department
direction de la communication=Communications department|bureau de presse=Press office|service presse=Press office
standard téléphonique=Switchboard|secrétariat=Secretariat|greffe=Registry|permanence=Duty desk
""")

#: Heads of tables, single words in cells and headings; before a colon, too.
CELLS = pairs("""
montant=Amount|montants=Amounts|poste=Item|postes=Items|fonctionnement=Operations|total=Total|sous-total=Subtotal
total général=Grand total|date=Date|dates=Dates|lieu=Place|lieux=Places|nombre=Number|pays=Country|année=Year
années=Years|mois=Month|jour=Day|heure=Time|trimestre=Quarter|semestre=Half-year|objet=Subject
responsable=Person in charge
budget=Budget|recettes=Income|dépenses=Expenditure|recette=Income|dépense=Expenditure|description=Description
unité=Unit|unités=Units|quantité=Quantity|quantités=Quantities|prix=Price|prix unitaire=Unit price|coût=Cost|coûts=Costs
taux=Rate|part=Share|variation=Change|évolution=Change|solde=Balance|moyenne=Average|effectif=Headcount
effectifs=Staff|type=Type|types=Types|catégorie=Category|catégories=Categories|nom=Name|noms=Names|prénom=First name
fonction=Position|titre=Title|ville=City|villes=Cities|région=Region|régions=Regions|continent=Continent|langue=Language
langues=Languages|statut=Status|résultat=Result|résultats=Results|objectif=Objective|objectifs=Objectives
indicateur=Indicator|indicateurs=Indicators|activité=Activity|activités=Activities|projet=Project|projets=Projects
étape=Step|étapes=Steps|phase=Phase|échéance=Deadline|délai=Deadline|début=Start|période=Period|durée=Duration
remarque=Note|remarques=Notes|observation=Remark|observations=Remarks|commentaire=Comment|commentaires=Comments
note=Note|notes=Notes|organisme=Organization|organisation=Organization|partenaire=Partner|partenaires=Partners
participant=Participant|participants=Participants|intervenant=Speaker|intervenants=Speakers|thème=Topic|thèmes=Topics
sujet=Subject|sujets=Subjects|ordre du jour=Agenda|domaine=Field|domaines=Fields|secteur=Sector|secteurs=Sectors
personnel=Staff|salaires=Salaries|formation=Training|équipement=Equipment|équipements=Equipment|matériel=Equipment
investissement=Investment|investissements=Investments|subvention=Grant|subventions=Grants|dons=Donations
cotisations=Membership fees|frais de déplacement=Travel expenses|frais de personnel=Staff costs|loyer=Rent
communication=Communication|divers=Other|autre=Other|autres=Other|financement=Funding|bénéficiaires=Beneficiaries
saisies=Seizures|arrestations=Arrests|interpellations=Arrests|victimes=Victims|victime=Victim|suspects=Suspects
oui=Yes|non=No|numéro=Number|n°=No.|référence=Reference|titulaire=Holder|hommes=Men|femmes=Women|enfants=Children
""")

#: Participles of saying ("a déclaré"). English reports in the past whatever the French tense.
SAID = pairs("""
dit=said|déclaré=said|affirmé=said|indiqué=said|expliqué=explained|précisé=specified|souligné=stressed|insisté=insisted
ajouté=added|poursuivi=continued|conclu=concluded|rappelé=recalled|estimé=said|jugé=said|noté=noted|observé=observed
constaté=noted|remarqué=remarked|relevé=noted|annoncé=announced|assuré=assured|confirmé=confirmed|confié=confided
commenté=commented|raconté=recounted|témoigné=testified|résumé=summed up|répondu=replied|rétorqué=retorted|demandé=asked
averti=warned|prévenu=warned|alerté=warned|regretté=regretted|déploré=deplored|salué=said in welcome|lancé=said
martelé=insisted|détaillé=explained|argumenté=argued|plaidé=argued|promis=promised|repris=resumed|renchéri=added
écrit=wrote|avancé=suggested
reconnu=acknowledged|admis=admitted|exhorté=urged|fait valoir=argued|fait savoir=said|réagi=said in reaction
fait remarquer=pointed out|fait observer=observed|soutenu=maintained|espéré=hoped
""")

#: Presents of saying ("souligne", "estime-t-elle").
SAYS = pairs("""
dit=said|déclare=said|affirme=said|indique=said|explique=explained|précise=specified|souligne=stressed|insiste=insisted
ajoute=added|poursuit=continued|conclut=concluded|rappelle=recalled|estime=said|juge=said|note=noted|observe=observed
constate=noted|remarque=remarked|relève=noted|annonce=announced|assure=assured|confirme=confirmed|confie=confided
commente=commented|raconte=recounted|témoigne=testified|résume=summed up|répond=replied|demande=asked|avertit=warned
prévient=warned|alerte=warned|regrette=regretted|déplore=deplored|lance=said|martèle=insisted|détaille=explained
plaide=argued|promet=promised|reprend=resumed|renchérit=added|reconnaît=acknowledged|admet=admitted|soutient=maintained
réagit=said in reaction|espère=hoped|pense=said|écrit=wrote
""")

#: Verbs of saying with "se", by their stem ("s’est félicitée", "s’interroge").
SAID_OF_ONESELF = pairs("""
interrog=asked|exclam=exclaimed|inquiét=said in concern|inquièt=said in concern|étonn=wondered|indign=protested
insurg=protested|félicit=said with satisfaction|réjoui=said with satisfaction|alarm=warned
enthousiasm=said with enthusiasm
""")

#: Gerunds that hang a second statement on a verb of saying ("…, a-t-il dit, rappelant que …").
GERUNDS = pairs("""
rappelant=recalling|soulignant=stressing|ajoutant=adding|expliquant=explaining|précisant=specifying
indiquant=indicating|affirmant=stating|estimant=considering|notant=noting|insistant=insisting|assurant=assuring
annonçant=announcing|évoquant=mentioning|citant=citing|saluant=welcoming|dénonçant=denouncing|regrettant=regretting
déplorant=deploring|invitant=inviting|se félicitant=welcoming the fact|relevant=noting|observant=observing
confirmant=confirming|concluant=concluding|avertissant=warning|promettant=promising|espérant=hoping
reconnaissant=acknowledging|jugeant=considering
""")

#: Adverbs between the auxiliary and the participle: English "added" says most of them; the others are dropped.
ADDING = ("également", "aussi", "encore", "en outre", "par ailleurs", "de plus")
OTHER_ADVERBS = (
    "ainsi",
    "ensuite",
    "enfin",
    "notamment",
    "toutefois",
    "cependant",
    "pour sa part",
    "de son côté",
    "alors",
    "déjà",
)

#: Menu words that are English already and stay.
ENGLISH_MENU = words(
    """
    all news print share back home read more next previous contact us search menu subscribe login log in
    download close
    """
)


def lookup(table: Mapping[str, str], text: str) -> str | None:
    """Find a phrase whatever its capitals, apostrophes and spaces."""
    return table.get(" ".join(text.replace("'", "’").lower().split()))


def acronyms(text: str) -> str:
    """Put English abbreviations for French ones, as whole words; everything else is as written."""
    return _ACRONYM.sub(lambda match: ACRONYMS[match[0]], text)


_ACRONYM = re.compile(
    r"(?<![\w.-])(?:" + "|".join(re.escape(word) for word in sorted(ACRONYMS, key=len, reverse=True)) + r")(?![\w-])"
)
